"""What tells whom a pronoun can mean: given names of men and of women, and what people without a name are called.

Names that both bear (Alex, Robin, Andrea) are left out.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MEN = _words(
    """
    aaron abdelaziz abdul abdullah abel abraham achim adam adolf adrian agustin ahmad ahmed ahmet aidan akira
    alain alan albert alberto aldo alec alejandro aleksandr alessandro alessio alexander alexei alfonso alfred
    alfredo ali alistair allan alois alvin amir amr anatoly anders andreas andrei andrew andrzej andré angus
    anthony antonio antónio anwar archie ari armando arne arnold artem arthur arturo asif aslan axel barack bashir
    basil bastian ben benedict benito benjamin benny bernard bernd bert bilal bill björn bob bogdan boris brad
    bradley brandon brendan brent brett brian bruce bruno bryan burak byron calvin carl carlo carlos cedric cesar
    charles chester christian christoph christopher clarence clifford clive clyde cody colin conor craig curtis
    cyril cyrus césar damian damien dan daniel danilo darius darren dave david davide dean declan dennis derek
    desmond devon diego dieter dimitri dirk dmitri dmitry domingo dominic donald doug douglas duane duncan dwight
    dylan eamon earl ed eddie edgar edmund eduardo edward edwin egor elias elliot elmer emil emilio emmanuel emre
    enrico enrique eric erik ernest ernesto ernie erwin ethan eugene evan ezra fabian fabio farid federico felipe
    felix ferdinand fernand fernando finn floyd francesco francis francisco frank franz fred freddie frederick
    fritz fyodor gareth garrett gary gavin gennady geoffrey george gerald gerard gerhard gianni gilbert giles
    giorgos giovanni giuseppe glen glenn gonzalo gordon graham greg gregory grigory guillermo gunther gustav
    günter hakan hamid hamish hank hans harold harry haruto hassan hector heinrich helmut henri henrik henry
    herbert herman hiroshi horst howard hugh hugo humberto hussein héctor iain ian ibrahim ignacio igor iker imran
    isaac ismail ivan ivor jack jacob jacques jaime jake jakob jamal james jan jared jarek jaroslav jason jasper
    javier jeff jeffery jeffrey jens jeremy jerome jerry jim jimmy joachim jock joe joel joey johan johannes john
    jon jonas jonathan jonny jordi jorge josef joseph josh joshua josé jozef juan jude jukka julian julio julius
    jurgen justin jürgen kai kamal kareem karim karl kasper kazuo keith kelvin ken kenji kenneth kenny kevin
    khaled khalid kieran kirk klaus konrad konstantin kostas kurt kwame kyle lars laurence lawrence leif leo leon
    leonard leonardo leonid leroy lester levi lewis liam lionel lorenzo lorne louie louis luca lucas ludwig luigi
    luis lukas luke luther maarten magnus mahmoud malcolm malik manfred manuel marc marcel marcelo marcin marco
    marcus marek mariano mario marius mark marlon martin marty massimo matej mateo mateusz mats matthew matthias
    maurice mauro max maxim mehmet melvin micah michael michel miguel mike mikhail miles milos mirko mitch moammar
    mohamed mohammad mohammed monty moritz morris morten moussa muammar murat murray mustafa nabil nathan
    nathaniel neil nestor nicholas nick nico nicolas niels nigel nikolai nikos nils noah norman olaf ole oleg
    oleksandr oliver olivier olof omar orhan orville oscar osman oswald otis ottavio otto owen pablo paolo
    pasquale patricio patrick paul paulo pavel pawel pedro pekka per percy petar peter petr petros phil philip
    philippe pierre pieter piotr quentin rafael rahul raj rajesh ralf ralph ramon ramón randall randy rashid
    rasmus raul ravi raymond raúl recep reggie reginald reinhard rex reza ricardo riccardo richard rick ricky rob
    robert roberto rodney rodrigo roger roland rolf romain ron ronald ronnie rory ross ruben rubén rudolf rufus
    rupert ruslan russell ryan salvador salvatore samir samuel sanjay santiago satoshi saul scott sean sebastian
    sebastien sebastián serge sergei sergey sergi sergio seth shane shaun shinji sidney silvio simon slobodan
    stanislav stanley stefan stefano stephen steve steven stewart stuart sunil sven tadeusz takashi tariq ted
    teddy terence terrence terry thabo theo thierry thomas thorsten tim timo timothy tobias todd tom tomas tommy
    tomás tony travis trevor tristan troy tyler tyrone udo ulf ulrich umar vadim valery vasily vernon vicente
    victor vikram viktor vince vincent vincenzo vitali vitaly vito vlad vladimir vladislav waleed wallace walt
    walter warren wayne werner wesley wilbur wilfred wilhelm will willem william willie winston wojciech wolfgang
    xavier yannick yannis yevgeny yoshi younes yuri yusuf yves zachariah zachary zaid zdenek zlatan zoltan
    """
)
WOMEN = _words(
    """
    abby abigail ada adela adele adriana adriane agnes aileen aino aisha akiko alana alba alejandra aleksandra
    alessandra alexandra alice alicia alison alma amal amalia amanda amelia amelie amina amy ana anabel anais
    anastasia andrina anette angela angelica angelina anika anita anja anke ann anna anne anneli annette annie
    annika antonia ariana arlene asma astrid asuka audrey austeja ava ayesha babs barbara beatrice beatrix beatriz
    becky bella benedetta berit bernadette bernice bertha beryl beth bethany betsy betty bianca biljana birgit
    birgitta blanca bonnie brenda bridget bridie brigid brigitta brigitte bronwen camilla candice carina carla
    carlotta carmen carol carole carolina caroline carolyn cassandra catalina catherine cecilia celeste celia
    charlene charlotte chelsea cheryl chiara chloe christa christiane christie christina christine ciara cindy
    claire clara clare clarissa claudia colette colleen connie consuelo corinne cristina cynthia dagmar daisy
    dalia daniela danielle daphne darlene debbie deborah debra deirdre denise desiree diana diane dina dolores
    dominika donatella donna dora doreen doris dorota dorothea dorothy dunja ebba edita edith edna eileen
    ekaterina elaine eleanor elena eleni elfriede elisa elisabeth elisabetta elise elizabeth elke ella ellen ellie
    eloise elsa elvira emilia emily emma emmanuelle emmy enid erica erika erin erna ernestine esperanza estelle
    esther ethel eugenia eunice eva evangeline eve evelyn fanny farah farida fatima fatma fatoumata faye felicia
    felicity fernanda fiona fiorella flora florence frances francesca francine franziska françoise frederica freya
    frida gabriela gaia gail galina gayle gemma genevieve georgette georgia georgina geraldine germaine gertrud
    gertrude gilda gillian gina ginny giovanna gisela gisele giulia gladys glenda gloria golda grace graziella
    greta gretchen griselda guadalupe gudrun gwen gwendolyn hana hanna hannah harriet hazel heather heidi heike
    helen helena helene helga henrietta henriette hermine hilary hilda hilde hildegard hélène ida ilaria ilona
    ilse imogen ines inga inge ingeborg ingrid inès ioana irena irene irina iris irma isabel isabella isabelle
    isobel ivana jacinta jacqueline jadwiga jana jane janet janice janine jean jeanette jeanne jelena jemima
    jennifer jenny jessica jessie jill joan joann joanna joanne jocelyn johanna jolanta josefina josephina
    josephine josie joyce juana juanita judith judy julia julianne juliet juliette justine kamila karen karin
    karina karla katarina kate katherine kathleen kathrin kathryn kathy katie katja katrin katya keiko kirsten
    kirsty kristin kristina kyra lara larisa latifa latoya laura laurel lauren layla lea leah leanne leda leila
    lena leonie leonora leticia lidia liesel liesl lili lillian lily lina linda linnea lisa livia liz lois lola
    lorena loretta lorna lorraine lottie louise lourdes lucia luciana lucille lucy ludmila luisa lydia lydie lynda
    lynne mabel maddie madeleine magda magdalena maggie maia mairi malin manuela mara marcella marcia margaret
    margarete margarita margit margot marguerite maria mariam mariana marianne marie marika marina marion marisa
    marit marjorie marlene marsha marta martha martine mary matilda matilde maud maureen mavis maxine meera megan
    melanie melinda melissa mercedes meredith merle mia michaela michelle mildred milena millie mina minna mira
    miranda mireille miriam mirjam mitzi moira molly mona monica monika monique muriel myra myriam myrtle nadezhda
    nadia nadine nancy naoko naomi nastya natalia natalie natasha nazgul nell nellie niamh nicole nicoletta
    nigella nina nora noreen norma octavia odette odile oksana olena olga olivia olympia ophelia paloma pam pamela
    paola patrice patricia patrizia patsy patti paula pauline peggy penelope penny petra philippa phoebe phyllis
    pilar pippa polly portia priya rachael rachel ramona raquel rasa rebeca rebecca rebekah reem regina regine
    renata renee rhoda rhona rhonda rima rita roberta robyn romy ronja rosa rosalie rosalind rosalía rosamund
    rosanna rosario rose rosemarie rosemary rosie roswitha rowena roxana roxanne ruta ruth sabina sabine sabrina
    sadie sally salma samantha samira sandra sanna sara sarah saskia seema selina selma serena sharon shauna
    sheena sheila shelley sherry shirin shirley sibyl sigrid silvia simone sinead siobhan sissel siân sofia
    solveig sonia sonja sophia sophie soraya stacey stefanie stella stephanie sue sunita sunniva susan susana
    susanna susanne susie suzanne suzy svetlana swetlana sylvia sylvie tabitha tamar tamara tania tanya tara
    tasneem tatiana tatjana teresa tess tessa thea thelma theresa therese tilda tina tracy trina trudy tuula ulla
    ulrike una ursula ute valentina valeria valerie vanda vanessa vera verena veronica vicky victoria vilma viola
    violet virginia viviana vivien vivienne vlasta wanda wendy wilhelmina wilma winifred winnie xenia yael yasmin
    yoko yolanda yuki yulia yuliya yumi yvonne zainab zara zelda zeynep zinaida zita zoe zuzana
    """
)
#: Whom a pronoun may mean as well as the person named before.
PEOPLE = _words(
    """
    accountant adviser aide ambassador analyst applicant assistant attorney author baker banker barrister bartender
    boss boy brother
    builder buyer captain champion chef chemist child clerk client coach colleague colonel
    commander constable consultant customer
    cyclist daughter defendant deputy detective diplomat doctor driver economist editor employee engineer envoy expert
    farmer father firefighter fisherman friend geologist girl goalkeeper governor guard husband inspector investigator
    investor journalist judge landlord lawyer leader lecturer lieutenant magistrate man manager
    mayor mechanic merchant
    minister mother motorist neighbor neighbour nurse officer official opponent owner paramedic
    passenger pastor patient
    pedestrian pensioner pilot player plumber policeman policewoman politician porter president
    priest prisoner professor
    prosecutor pupil receptionist referee reporter researcher resident retiree rival runner sailor scientist secretary
    seller sergeant sister skipper soldier solicitor son spokesman spokesperson spokeswoman striker student supervisor
    surgeon survivor suspect swimmer teacher teenager tenant thief tourist trader trainer victim
    visitor waiter waitress
    widow widower wife winner witness woman worker
    architect athlete aunt bishop broker butcher carer carpenter caretaker chairman chairwoman chancellor civilian
    cleaner columnist conductor contractor cook councillor counsellor cousin curator dealer dentist designer detainee
    developer director donor electrician examiner executive fiancee foreman founder gardener grandfather
    grandmother guest guide
    headteacher historian host hunter intern janitor juror lifeguard midwife musician nephew niece novelist
    nun orphan painter paralegal parent pathologist pharmacist physician physicist poet producer
    programmer psychiatrist psychologist ranger rector refugee registrar salesman senator shopkeeper singer skipper
    stepfather stepmother steward stranger superintendent surveyor technician translator treasurer tutor
    uncle undertaker usher vet veteran vicar volunteer warden welder writer youth
    """
)
